package salt.common.event;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A program that listens to the bus over a socket. */
final class EventListener implements EventConnection {
  private final SocketChannel channel;
  private final EventQueue<ByteBuffer> queue;
  private final Consumer<EventListener> onClose;
  private final AtomicBoolean announced = new AtomicBoolean();
  private final ByteBuffer ignored = ByteBuffer.allocate(256);
  private Optional<ByteBuffer> current = Optional.empty();

  EventListener(
      SocketChannel channel, EventQueue<ByteBuffer> queue, Consumer<EventListener> onClose) {
    this.channel = channel;
    this.queue = queue;
    this.onClose = onClose;
  }

  /** Adds a frame, on any thread; true when the bus's thread is yet to be told. */
  boolean offer(ByteBuffer frame) {
    queue.offer(frame);
    return announced.compareAndSet(false, true);
  }

  SelectionKey key(Selector selector) {
    return channel.keyFor(selector);
  }

  @Override
  public void serve(SelectionKey key) throws IOException {
    announced.set(false);
    if (channel.read(ignored.clear()) < 0) {
      throw new EOFException("the listener left");
    }
    boolean all = write();
    key.interestOps(all ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE);
  }

  private boolean write() throws IOException {
    if (current.isEmpty()) {
      current = queue.poll();
    }
    while (current.isPresent()) {
      channel.write(current.get());
      if (current.get().hasRemaining()) {
        return false;
      }
      current = queue.poll();
    }
    return true;
  }

  @Override
  public void closed() {
    queue.close();
    onClose.accept(this);
  }
}
