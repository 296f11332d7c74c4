package salt.common.transport;

/** The transport for tests keeps the contract. */
final class MemoryTransportTest extends TransportContract {
  @Override
  Transport open() {
    return new MemoryTransport();
  }
}
