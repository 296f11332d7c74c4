/** The file server: environments and their roots, safe paths, hashes, chunks and lists. */
package salt.common.fileserver;
