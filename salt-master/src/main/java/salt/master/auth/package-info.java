/** May this caller do this to these minions: local keys, publisher ACL, peer rules. */
package salt.master.auth;
