/**
 * Trust between masters, minions and command lines: signing in, the envelopes of requests and
 * replies, the keys that seal them, and signed publications. It moves no bytes itself.
 *
 * <p>Doors: {@link salt.common.channel.ServerChannel} and {@link salt.common.channel.Publications}
 * on a master, {@link salt.common.channel.MinionChannel} and {@link
 * salt.common.channel.PublicationReceiver} on a minion, {@link salt.common.channel.ClearChannel}
 * for a command line beside its master.
 */
package salt.common.channel;
