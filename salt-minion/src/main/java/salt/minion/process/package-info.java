/**
 * Runs other programs: shell command lines by the rules of {@code cmd.run}, as other users, within
 * a time and an amount of output.
 *
 * <p>The door is {@link salt.minion.process.Shell} for command lines and {@link
 * salt.minion.process.ProcessRunner} for plain programs.
 */
package salt.minion.process;
