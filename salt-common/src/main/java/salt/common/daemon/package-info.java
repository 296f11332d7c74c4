/**
 * What every long-running program needs: orderly closing, the shutdown signal, bounded workers, pid
 * file, readiness notice, pauses between attempts, time.
 */
package salt.common.daemon;
