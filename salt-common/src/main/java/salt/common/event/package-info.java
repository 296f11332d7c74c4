/**
 * Events: a tag and a map, fired by anybody on the machine and heard by everybody who listens.
 *
 * <p>The bus of a daemon is {@link salt.common.event.EventBus}; other programs reach it over Unix
 * sockets with {@link salt.common.event.EventClient}, as the tools of real Salt do.
 */
package salt.common.event;
