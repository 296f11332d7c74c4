package salt.common.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack.PackerConfig;

/** The bytes written are those that the library would write. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class MessagePackOutputTest {
  static LongStream numbers() {
    return LongStream.of(0, 1, 5, 7, 8, 15, 16, 31, 32, 33, 47, 62, 63)
        .flatMap(bits -> bits == 63 ? LongStream.of(Long.MAX_VALUE) : LongStream.of(1L << bits))
        .flatMap(n -> LongStream.of(n - 1, n, n + 1, -n - 1, -n, 1 - n));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void numbers_have_their_shortest_form(long number) throws IOException {
    MessagePackOutput out = new MessagePackOutput(true);
    out.integer(number);
    out.float64((double) number);
    out.uint64(number | Long.MIN_VALUE);
    try (MessageBufferPacker packer = new PackerConfig().newBufferPacker()) {
      packer.packLong(number);
      packer.packDouble((double) number);
      packer.packBigInteger(new BigInteger(Long.toUnsignedString(number | Long.MIN_VALUE)));
      assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 31, 32, 255, 256, 511, 65_535, 65_536, 200_000})
  void lengths_have_their_shortest_form(int length) throws IOException {
    for (boolean bin : new boolean[] {false, true}) {
      byte[] content = new byte[length];
      MessagePackOutput out = new MessagePackOutput(bin);
      out.text(content);
      out.bytes(content);
      out.array(length);
      out.map(length);
      out.bool(true);
      out.nil();
      out.extension(78, new byte[24]);
      try (MessageBufferPacker packer =
          new PackerConfig().withStr8FormatSupport(bin).newBufferPacker()) {
        packer.packRawStringHeader(length).writePayload(content);
        if (bin) {
          packer.packBinaryHeader(length).writePayload(content);
        } else {
          packer.packRawStringHeader(length).writePayload(content);
        }
        packer.packArrayHeader(length).packMapHeader(length).packBoolean(true).packNil();
        packer.packExtensionTypeHeader((byte) 78, 24).writePayload(new byte[24]);
        assertThat(out.toBytes()).isEqualTo(packer.toByteArray());
      }
    }
  }
}
