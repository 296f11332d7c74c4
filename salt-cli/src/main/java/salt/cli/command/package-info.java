/**
 * The programs: {@code salt}, {@code salt-key}, {@code salt-call}, {@code salt-run}, {@code
 * salt-cp}, {@code salt-master}, {@code salt-minion}. Each reads its command line into a request
 * and hands that to the {@link salt.cli.command.Command} behind it.
 */
package salt.cli.command;
