/** Minions' public keys on the master: their states and files, and who is let in. */
package salt.master.key;
