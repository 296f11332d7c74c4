/** The way to a master: signing in and waiting for it, publications, requests, reconnecting. */
package salt.minion.connection;
