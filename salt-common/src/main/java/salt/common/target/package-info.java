/** Targets: prepared by the command, matched by the minion, checked by the master. */
package salt.common.target;
