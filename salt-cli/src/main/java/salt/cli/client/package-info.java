/** The client of the master on this machine: publishes jobs and gathers what minions return. */
package salt.cli.client;
