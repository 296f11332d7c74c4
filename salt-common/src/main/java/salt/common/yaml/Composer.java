package salt.common.yaml;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/** Makes the nodes of a text's one document. */
final class Composer {
  private static final int DEEPEST = 500;

  private final Parser parser;
  private final ParserInput input;
  private final String text;
  private final Map<String, LoadNode> anchors = new HashMap<>();
  private final Set<String> open = new HashSet<>();
  private int depth;

  private Composer(Parser parser, ParserInput input) {
    this.parser = parser;
    this.input = input;
    text = input.original(input.text());
  }

  /**
   * The document of a text; nothing when there is none.
   *
   * @throws YamlProblem when the text is not YAML or has a second document
   */
  static Optional<LoadNode> compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(Integer.MAX_VALUE);
    ParserInput input = ParserInput.of(text);
    while (true) {
      try {
        Parser parser = new ParserImpl(new StreamReader(input.text()), options);
        return new Composer(parser, input).document();
      } catch (MarkedYAMLException e) {
        YamlProblem problem = new ParserProblems(input.original(input.text())).translate(e);
        input = input.mended(problem).orElseThrow(() -> problem);
      }
    }
  }

  private Optional<LoadNode> document() {
    parser.getEvent();
    if (parser.checkEvent(Event.ID.StreamEnd)) {
      if (Pattern.compile("(?m)^%").matcher(text).find()) {
        throw new YamlProblem(
            YamlProblem.Kind.PARSER,
            "expected '<document start>', but found '<stream end>'",
            place(parser.getEvent()));
      }
      return Optional.empty();
    }
    parser.getEvent();
    LoadNode root = node();
    parser.getEvent();
    if (!parser.checkEvent(Event.ID.StreamEnd)) {
      throw new YamlProblem(
          YamlProblem.Kind.COMPOSER,
          "expected a single document in the stream",
          root.place(),
          "but found another document",
          place(parser.getEvent()));
    }
    return Optional.of(root);
  }

  private LoadNode node() {
    Event event = parser.getEvent();
    Place place = place(event);
    if (event instanceof AliasEvent alias) {
      return referred(checked(alias.getAnchor(), place), place);
    }
    String anchor = checked(((NodeEvent) event).getAnchor(), place);
    if (anchor != null && anchors.containsKey(anchor)) {
      throw new YamlProblem(
          YamlProblem.Kind.COMPOSER,
          "found duplicate anchor '" + anchor + "'; first occurrence",
          anchors.get(anchor).place(),
          "second occurrence",
          place);
    }
    if (event instanceof ScalarEvent scalar) {
      LoadNode node = new LoadNode.Scalar(tag(scalar), input.original(scalar.getValue()), place);
      remember(anchor, node);
      return node;
    }
    return collection((CollectionStartEvent) event, anchor, place);
  }

  private Place place(Event event) {
    return Place.of(event.getStartMark(), text);
  }

  /** The parser takes more characters in an anchor than PyYAML does. */
  private static String checked(String anchor, Place place) {
    if (anchor != null) {
      Matcher good = Pattern.compile("[0-9A-Za-z_-]*").matcher(anchor);
      if (!good.matches() && good.reset().lookingAt()) {
        Place bad = place.plus(1 + good.end());
        throw new YamlProblem(
            YamlProblem.Kind.SCANNER,
            "expected alphabetic or numeric character, but found " + bad.shown(),
            bad);
      }
    }
    return anchor;
  }

  private LoadNode referred(String anchor, Place place) {
    LoadNode node = anchors.get(anchor);
    if (node == null) {
      throw new YamlProblem(
          YamlProblem.Kind.COMPOSER, "found undefined alias '" + anchor + "'", place);
    }
    if (open.contains(anchor)) {
      throw new YamlProblem(
          YamlProblem.Kind.COMPOSER, "found alias '" + anchor + "' inside of its anchor", place);
    }
    return node;
  }

  private void remember(String anchor, LoadNode node) {
    if (anchor != null) {
      anchors.put(anchor, node);
    }
  }

  private LoadNode collection(CollectionStartEvent start, String anchor, Place place) {
    if (++depth > DEEPEST) {
      throw new YamlProblem(
          YamlProblem.Kind.COMPOSER, "containers nest deeper than " + DEEPEST, place);
    }
    LoadNode node;
    if (start instanceof SequenceStartEvent) {
      LoadNode.Sequence sequence = new LoadNode.Sequence(tag(start, Tags.SEQ), place);
      begin(anchor, sequence);
      while (!parser.checkEvent(Event.ID.SequenceEnd)) {
        sequence.items().add(node());
      }
      node = sequence;
    } else {
      LoadNode.Mapping mapping = new LoadNode.Mapping(tag(start, Tags.MAP), place);
      begin(anchor, mapping);
      while (!parser.checkEvent(Event.ID.MappingEnd)) {
        LoadNode key = node();
        mapping.pairs().add(new LoadNode.Pair(key, node()));
      }
      node = mapping;
    }
    parser.getEvent();
    open.remove(anchor);
    depth--;
    return node;
  }

  private void begin(String anchor, LoadNode node) {
    remember(anchor, node);
    if (anchor != null) {
      open.add(anchor);
    }
  }

  private String tag(ScalarEvent scalar) {
    String tag = scalar.getTag();
    if (tag != null && !tag.equals("!")) {
      return tag;
    }
    return scalar.getImplicit().canOmitTagInPlainScalar()
        ? Tags.ofPlain(input.original(scalar.getValue()))
        : Tags.STR;
  }

  private static String tag(CollectionStartEvent start, String usual) {
    String tag = start.getTag();
    return tag == null || tag.equals("!") ? usual : tag;
  }
}
