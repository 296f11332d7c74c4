package salt.common.jinja.value;

/** Addresses as reprs of objects show them; here they are made up. */
final class Address {
  private Address() {}

  static String of(String start, Object object) {
    return start + "0x%012x>".formatted(System.identityHashCode(object) | 0x7f0000000000L);
  }
}
