package salt.master;

import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.config.Options;
import salt.common.event.EventBus;
import salt.common.payload.Fields;
import salt.master.cache.MineCache;
import salt.master.cache.MinionCache;
import salt.master.file.FileCommands;
import salt.master.file.PushedFiles;
import salt.master.job.MinionEvents;
import salt.master.job.ReturnCommand;
import salt.master.key.MinionKeys;
import salt.master.publish.PeerCommands;
import salt.master.request.CommandTable;
import salt.master.request.Reply;
import salt.master.runner.PeerRunners;

/**
 * The table of what minions may ask (Salt's {@code AESFuncs}): nothing else exists for them.
 *
 * <p>Each handler finds in {@code id} the minion that sealed the request: the channel has checked
 * it by then, but for the few that protocol 2 sends without a token.
 */
final class MinionCommands {
  private static final Logger log = LoggerFactory.getLogger(MinionCommands.class);

  private final Options options;
  private final EventBus events;
  private final MinionCache minions;
  private final MinionKeys keys;
  private final CommandTable table = new CommandTable();

  MinionCommands(Options options, EventBus events, MinionCache minions, MinionKeys keys) {
    this.options = options;
    this.events = events;
    this.minions = minions;
    this.keys = keys;
  }

  /** What needs nothing but the key store, the caches and the bus, and all that was added. */
  CommandTable table() {
    MinionEvents minionEvents = new MinionEvents(events);
    return table
        .answer("_minion_event", (load, caller) -> minionEvents.accept(load))
        .allowUnproven("_pillar", (load, caller) -> pillar(load))
        .answer("_master_tops", (load, caller) -> Map.of())
        .answer("_ext_nodes", (load, caller) -> Map.of())
        .answer("revoke_auth", (load, caller) -> revoke(load));
  }

  MinionCommands add(ReturnCommand returns) {
    table.allowUnproven("_return", (load, caller) -> new Reply.Later(returns.accept(load)));
    return this;
  }

  MinionCommands add(PushedFiles pushed) {
    table.answer("_file_recv", (load, caller) -> pushed.fileRecv(load));
    return this;
  }

  MinionCommands add(PeerCommands peers) {
    table
        .allow("minion_pub", (load, caller) -> new Reply.Later(peers.publish(load)))
        .allow("minion_publish", (load, caller) -> new Reply.Later(peers.publishAndWait(load)))
        .answer("pub_ret", (load, caller) -> peers.returns(load));
    return this;
  }

  MinionCommands add(PeerRunners runners) {
    table.allow("minion_runner", (load, caller) -> new Reply.Later(runners.run(load)));
    return this;
  }

  MinionCommands add(FileCommands files) {
    table
        .answerUnproven("_file_find", (load, caller) -> files.fileFind(load))
        .answerUnproven("_file_hash", (load, caller) -> files.fileHash(load))
        .answerUnproven("_file_hash_and_stat", (load, caller) -> files.fileHashAndStat(load))
        .answerUnproven("_serve_file", (load, caller) -> files.serveFile(load))
        .answerUnproven("_file_list", (load, caller) -> files.fileList(load))
        .answerUnproven("_file_list_emptydirs", (load, caller) -> files.fileListEmptydirs(load))
        .answerUnproven("_dir_list", (load, caller) -> files.dirList(load))
        .answerUnproven("_symlink_list", (load, caller) -> files.symlinkList(load))
        .answerUnproven("_file_envs", (load, caller) -> files.fileEnvs(load))
        .answerUnproven("_master_opts", (load, caller) -> files.masterOpts(load));
    return this;
  }

  MinionCommands add(MineCache mine) {
    table
        .answer(
            "_mine",
            (load, caller) -> {
              mine.store(load.text("id"), load.map("data"), load.flag("clear", false));
              return true;
            })
        .answer(
            "_mine_get",
            (load, caller) ->
                mine.get(
                    load.text("id"),
                    load.any("tgt"),
                    load.text("tgt_type", "glob"),
                    load.any("fun")))
        .answer("_mine_delete", (load, caller) -> mine.delete(load.text("id"), load.text("fun")))
        .answer("_mine_flush", (load, caller) -> mine.flush(load.text("id")));
    return this;
  }

  /** Remembers the grains for targeting; there is no pillar to compile yet. */
  private Reply pillar(Fields load) {
    String id = load.text("id");
    Map<Object, Object> pillar = new LinkedHashMap<>();
    if (options.flag("minion_data_cache")) {
      minions.store(id, load.map("grains"), pillar);
      events.fire("minion/refresh/" + id, Map.of("Minion data cache refresh", id));
    }
    return new Reply.Private(pillar);
  }

  /**
   * A minion gives its own key back; what is remembered of it goes too, unless it or the operator
   * asks not to. Where this is not allowed the load is sent back, as in Salt.
   */
  private Object revoke(Fields load) {
    String id = load.text("id");
    if (!options.flag("allow_minion_key_revoke")) {
      log.warn("minion {} wants its key deleted, which allow_minion_key_revoke forbids", id);
      return load.rest();
    }
    boolean preserved =
        options.flag("preserve_minion_cache") || load.flag("preserve_minion_cache", false);
    if (keys.revoke(id) && !preserved) {
      minions.forget(id);
    }
    return true;
  }
}
