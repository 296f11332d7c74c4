package salt.common.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A configuration folder for a test, from {@code trees.txt}: cases begin with {@code ### side
 * name}, files in them with {@code --- path}; {@code $ROOT} stands for the folder.
 */
record ConfigTree(String side, String name, Map<String, String> files) {

  static List<ConfigTree> all() throws IOException {
    List<ConfigTree> trees = new ArrayList<>();
    String text;
    try (InputStream in = ConfigTree.class.getResourceAsStream("trees.txt")) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    for (String part : text.split("(?m)^### ", -1)) {
      if (!part.isBlank()) {
        trees.add(tree(part));
      }
    }
    return trees;
  }

  private static ConfigTree tree(String part) {
    String[] pieces = part.split("(?m)^--- ", -1);
    String[] title = pieces[0].strip().split(" ", 2);
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 1; i < pieces.length; i++) {
      int end = pieces[i].indexOf('\n');
      files.put(pieces[i].substring(0, end).strip(), pieces[i].substring(end + 1));
    }
    return new ConfigTree(title[0], title[1], files);
  }

  /** Writes the files below {@code root}. */
  void write(Path root) throws IOException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = root.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue().replace("$ROOT", root.toString()));
    }
  }

  @Override
  public String toString() {
    return side + ": " + name;
  }
}
