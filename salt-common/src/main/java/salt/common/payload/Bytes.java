package salt.common.payload;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/** An immutable string of bytes that compares by content. */
public final class Bytes {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies {@code content}, so that later changes to the array are not seen. */
  public static Bytes copyOf(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Wraps {@code content} without a copy: the caller gives the array away. */
  public static Bytes wrap(byte[] content) {
    return new Bytes(content);
  }

  /** The bytes of {@code text} in UTF-8. */
  public static Bytes utf8(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /** The content itself, for reading only. */
  byte[] content() {
    return content;
  }

  /** The number of bytes. */
  public int length() {
    return content.length;
  }

  /** The text that these bytes spell, or nothing when they are not valid UTF-8. */
  public Optional<String> text() {
    return text(content, 0, content.length);
  }

  static Optional<String> text(byte[] content, int offset, int length) {
    // The lenient decoder is by far the faster one, and writes U+FFFD where something is wrong.
    String lenient = new String(content, offset, length, StandardCharsets.UTF_8);
    if (lenient.indexOf('\ufffd') < 0) {
      return Optional.of(lenient);
    }
    try {
      CharBuffer text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content, offset, length));
      return Optional.of(text.toString());
    } catch (CharacterCodingException notText) {
      return Optional.empty();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** Hexadecimal, cut after 32 bytes: for messages to people. */
  @Override
  public String toString() {
    String hex = HexFormat.of().formatHex(content, 0, Math.min(32, content.length));
    return "bytes[" + content.length + "]:" + hex + (content.length > 32 ? "…" : "");
  }
}
