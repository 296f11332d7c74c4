package salt.master.request;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import salt.common.channel.AuthOutcome;
import salt.common.channel.Keyring;
import salt.common.channel.Opened;
import salt.common.channel.ServerChannel;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;
import salt.common.transport.Transport;

/**
 * Takes one request from bytes to reply: opens it, finds its command, has it carried out, seals the
 * answer. Whatever comes in, one reply goes out.
 */
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final ServerChannel channel;
  private final Keyring keyring;
  private final CommandTable clear;
  private final CommandTable sealed;
  private final Function<Opened.Auth, AuthOutcome> signIns;

  /**
   * Dispatches by two tables.
   *
   * @param clear the commands of local users
   * @param sealed the commands of minions
   * @param signIns decides about sign-ins
   */
  public Dispatcher(
      ServerChannel channel,
      Keyring keyring,
      CommandTable clear,
      CommandTable sealed,
      Function<Opened.Auth, AuthOutcome> signIns) {
    this.channel = channel;
    this.keyring = keyring;
    this.clear = clear;
    this.sealed = sealed;
    this.signIns = signIns;
  }

  /** Answers one request. */
  void dispatch(Transport.Request request) {
    Opened opened = channel.open(request.body());
    if (opened instanceof Opened.Refused refused) {
      log.warn("a request from {} is refused: {}", request.peer(), refused.reason());
      request.reply(refused.reply().toArray());
    } else if (opened instanceof Opened.Auth auth) {
      request.reply(channel.authReply(auth, signIns.apply(auth)));
    } else if (opened instanceof Opened.Clear inClear) {
      dispatchClear(request, inClear);
    } else if (opened instanceof Opened.Aes aes) {
      dispatchSealed(request, aes);
    }
  }

  private void dispatchClear(Transport.Request request, Opened.Clear opened) {
    Caller caller = new Caller(Optional.empty(), request.peer());
    Sender sender =
        new Sender(caller, value -> request.reply(channel.clearReply(value)), Optional.empty());
    carryOut(clear, opened.load(), caller, sender);
  }

  private void dispatchSealed(Transport.Request request, Opened.Aes opened) {
    Optional<String> proven = opened.proven() ? opened.id() : Optional.empty();
    Caller caller = new Caller(proven, request.peer());
    Sender sender =
        new Sender(
            caller,
            value -> request.reply(opened.reply().seal(value)),
            Optional.of(
                value ->
                    request.reply(
                        opened.reply().sealPillar(value, opened.id().flatMap(keyring::accepted)))));
    carryOut(sealed, opened.load(), caller, sender);
  }

  private static void carryOut(
      CommandTable table, Map<Object, Object> load, Caller caller, Sender sender) {
    Object name = load.get("cmd");
    Optional<CommandTable.Entry> entry =
        name instanceof String text ? table.find(text) : Optional.empty();
    if (entry.isEmpty()) {
      log.warn("{} asks for the command '{}', which does not exist", caller, name);
      sender.plain.accept(Map.of());
      return;
    }
    if (entry.get().needsProof() && sender.isSealed() && caller.minion().isEmpty()) {
      log.warn("{} asks for {} without the token that proves its id", caller, name);
      sender.plain.accept(Map.of());
      return;
    }
    try {
      sender.send(entry.get().handler().handle(Fields.of((String) name, load), caller));
    } catch (MalformedPayload e) {
      log.warn("{} sent a {} that is refused: {}", caller, name, e.getMessage());
      sender.plain.accept("");
    } catch (RuntimeException e) {
      log.error("{} of {} failed: {}", name, caller, e.toString(), e);
      sender.plain.accept("");
    }
  }

  /** Sends the reply to one request, in whichever form the command chose. */
  private record Sender(Caller caller, Consumer<Object> plain, Optional<Consumer<Object>> secret) {
    boolean isSealed() {
      return secret.isPresent();
    }

    void send(Reply reply) {
      if (reply instanceof Reply.Now now) {
        plain.accept(now.value());
      } else if (reply instanceof Reply.Private forOne) {
        secret.orElse(plain).accept(forOne.value());
      } else if (reply instanceof Reply.Later later) {
        later.value().whenComplete(this::complete);
      }
    }

    private void complete(Object value, Throwable failure) {
      if (failure != null) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        log.error("the request of {} failed: {}", caller, String.valueOf(cause));
      }
      plain.accept(failure == null ? value : "");
    }
  }
}
