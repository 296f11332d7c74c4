/**
 * Runners and wheel functions: what runs on the master, by {@code salt-run} in its own process or
 * for clients in the master's.
 */
package salt.master.runner;
