/** File-server commands for minions, and files that minions push. */
package salt.master.file;
