/**
 * State modules, one class each: what state files name. Each function looks how things are, says or
 * does what is missing, and returns a {@link salt.minion.state.StateResult}.
 */
package salt.minion.state;
