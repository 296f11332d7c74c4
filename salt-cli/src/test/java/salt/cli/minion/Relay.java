package salt.cli.minion;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A stretch of network between a minion and a port of its master, which can be cut. */
final class Relay implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile boolean swallows;

  /** Relays from a port of its own to {@code target}. */
  Relay(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "relay");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket near = server.accept();
        if (cut) {
          near.close();
        } else {
          connect(near);
        }
      }
    } catch (IOException closed) {
      end();
    }
  }

  private void connect(Socket near) throws IOException {
    sockets.add(near);
    try {
      Socket far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      daemon(() -> copy(near, far));
      daemon(() -> copy(far, near));
    } catch (IOException refused) {
      near.close();
    }
  }

  private void copy(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!swallows) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException lost) {
      // The other direction ends as well, as both sockets are closed now.
    }
  }

  /** Breaks all connections and lets none through. */
  void cut() {
    cut = true;
    end();
  }

  /** Leaves connections open and takes new ones, but lets nothing through any more. */
  void swallow() {
    swallows = true;
  }

  /** Lets connections through again; those that have lost something are broken. */
  void mend() {
    cut = false;
    if (swallows) {
      end();
      swallows = false;
    }
  }

  private void end() {
    for (Socket socket : sockets) {
      try {
        socket.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    sockets.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
  }
}
