/**
 * Real programs against real programs: command line, master and minion, each ours or real Salt's,
 * in every combination. Run by {@code .ci/interop}, which installs real Salt; see docs/interop.md.
 */
package salt.cli.interop;
