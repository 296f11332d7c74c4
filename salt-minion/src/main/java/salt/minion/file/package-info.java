/**
 * The client's side of the file server: fetches files from the master, from this machine's own file
 * roots or from elsewhere, and keeps them in the minion's cache as Salt lays it out.
 */
package salt.minion.file;
