/**
 * Facts about the machine, as targets and states see them.
 *
 * <p>They are read from files of the kernel and of the distribution; as few programs as possible
 * are run, so that collecting takes milliseconds.
 */
package salt.minion.grain;
