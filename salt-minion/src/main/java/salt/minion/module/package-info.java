/** Execution modules, one class each, and what they may use of their minion. */
package salt.minion.module;
