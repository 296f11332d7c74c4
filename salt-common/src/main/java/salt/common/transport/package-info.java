/**
 * Moves bytes between masters, minions and command lines; knows nothing of their meaning.
 *
 * <p>Two implementations of {@link salt.common.transport.Transport}: ZeroMQ over TCP, and one in
 * memory for tests.
 */
package salt.common.transport;
