package salt.common.payload;

import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.testing.Recorded;

/** The recorded protocol vectors, from {@code src/test/resources/protocol}. */
public final class Vectors {
  private Vectors() {}

  /** One vector file. */
  public static Map<String, Object> file(String name) {
    return map(Recorded.value("/protocol/" + name + ".json"));
  }

  /** A list of maps in a vector file. */
  public static List<Map<String, Object>> rows(String file, String field) {
    return ((List<?>) file(file).get(field)).stream().map(Vectors::map).toList();
  }

  /** A value that must be a map with text keys. */
  public static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    ((Map<?, ?>) value).forEach((key, each) -> map.put((String) key, each));
    return map;
  }

  /** A text field. */
  public static String text(Map<?, ?> row, String field) {
    return (String) row.get(field);
  }

  /** A field in base64. */
  public static byte[] base64(Map<?, ?> row, String field) {
    return Base64.getDecoder().decode(text(row, field));
  }

  /** A field in hexadecimal. */
  public static byte[] hex(Map<?, ?> row, String field) {
    return HexFormat.of().parseHex(text(row, field));
  }

  /** The private key of that name, as text. */
  public static String privateKey(String name) {
    return text(map(map(file("keys").get("keys")).get(name)), "private_pem");
  }

  /** The public key of that name, as text. */
  public static String publicKey(String name) {
    return text(map(map(file("keys").get("keys")).get(name)), "public_pem");
  }

  /** A decoded view as the value that it shows: {@code {"$b64": …}} stands for bytes. */
  public static Object value(Object view) {
    if (view instanceof Map<?, ?> map) {
      if (map.size() == 1 && map.get("$b64") instanceof String base64) {
        return Bytes.wrap(Base64.getDecoder().decode(base64));
      }
      Map<Object, Object> values = new LinkedHashMap<>();
      map.forEach((key, each) -> values.put(key, value(each)));
      return values;
    } else if (view instanceof List<?> list) {
      return list.stream().map(Vectors::value).collect(java.util.stream.Collectors.toList());
    }
    return view;
  }
}
