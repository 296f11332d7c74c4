package salt.minion.module;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.config.Options;
import salt.common.loader.Functions;

/** What an execution module may use of the minion it runs in. Thread-safe. */
public interface MinionContext {
  /** The minion's options. */
  Options options();

  /** The grains as last collected; unmodifiable. */
  Map<String, Object> grains();

  /** The pillar as last fetched; unmodifiable. */
  Map<String, Object> pillar();

  /** All functions of this minion, to call or to list. */
  Functions functions();

  /**
   * The way to the master; empty under {@code salt-call --local} and {@code file_client: local}.
   */
  Optional<MasterLink> master();

  /**
   * Fires an event on the minion's own bus.
   *
   * @return whether there is such a bus and it took the event
   */
  default boolean fire(String tag, Map<String, Object> data) {
    return false;
  }

  /** The jobs that run now on this minion. */
  RunningJobs jobs();

  /** Collects grains and fetches the pillar anew, as {@code saltutil.refresh_*} ask for. */
  Refresh refresh();

  /** Signed in at the master: sends requests, each sealed and checked. */
  interface MasterLink {
    /**
     * Sends a load and returns the decrypted reply. {@code id}, nonce, token and time stamp are
     * added here; {@code cmd} names the master's command.
     *
     * @throws salt.common.transport.TransportException when the master can't be reached
     */
    Object request(Map<String, Object> load);

    /** Fires an event on the master's bus by {@code _minion_event}. */
    void fireEvent(String tag, Map<String, Object> data);

    /** The address of the master as configured, for messages and {@code config.get}. */
    String address();

    /** The master's public key, as PEM. */
    String publicKey();
  }

  /** The jobs of a minion. */
  interface RunningJobs {
    /** One map for each job that runs: the publication, and {@code pid}. */
    List<Map<String, Object>> running();

    /**
     * Sends a job a signal: its child processes get it, and its thread is told to stop.
     *
     * @param signal 15 to ask, 9 to kill, 0 to look only
     * @return whether such a job ran
     */
    boolean signal(String jid, int signal);
  }

  /** Brings what the minion remembers up to date. */
  interface Refresh {
    /** Collects the grains anew. */
    void grains();

    /** Fetches the pillar anew; false when the master did not answer. */
    boolean pillar();
  }
}
