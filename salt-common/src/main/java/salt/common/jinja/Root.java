package salt.common.jinja;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A template while it runs: its blocks with those that replace them, and what it extends. */
final class Root {
  private final Rendering rendering;
  private final Map<String, Object> globals;
  private final Map<String, List<Block>> blocks = new HashMap<>();
  private Template extended;

  /** A block together with the template it stands in. */
  record Block(Statements.Block block, Template template) {}

  Root(Rendering rendering, Template template) {
    this.rendering = rendering;
    this.globals = template.globals();
    add(template);
  }

  /** Adds the blocks of a template behind those that replace them. */
  void add(Template template) {
    template
        .body()
        .blocks()
        .forEach(
            (name, block) ->
                blocks
                    .computeIfAbsent(name, n -> new ArrayList<>())
                    .add(new Block(block, template)));
  }

  /** The block of this name that counts, or one of those it replaces; null beyond them. */
  Block block(String name, int level) {
    List<Block> all = blocks.getOrDefault(name, List.of());
    return level < all.size() ? all.get(level) : null;
  }

  Object global(String name) {
    Object value = globals.get(name);
    if (value != null || globals.containsKey(name)) {
      return value;
    }
    return rendering.global(name);
  }

  Template extended() {
    return extended;
  }

  void extend(Template template) {
    extended = template;
  }

  Rendering rendering() {
    return rendering;
  }
}
