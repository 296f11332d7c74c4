package salt.common.yaml;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.parser.ParserException;

/** Says what the parser complains of in the words of PyYAML, which users of Salt know. */
final class ParserProblems {
  private static final Pattern START = Pattern.compile("found character '.*' that cannot start.*");
  private static final Pattern NAME = Pattern.compile("unexpected character found .*");
  private static final Pattern ESCAPE = Pattern.compile("found unknown escape character .*");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("(expected escape sequence of (\\d) hexadecimal numbers), but found.*");
  private static final Pattern FOUND = Pattern.compile("(expected .*, but found) .*\\(\\d+\\)");
  private static final Pattern GOT = Pattern.compile("(expected ',' or '[\\]}]', but got) (.*)");

  private final String document;

  ParserProblems(String document) {
    this.document = document;
  }

  YamlProblem translate(MarkedYAMLException e) {
    YamlProblem.Kind kind =
        e instanceof ParserException ? YamlProblem.Kind.PARSER : YamlProblem.Kind.SCANNER;
    Place place = place(e.getProblemMark());
    String problem = e.getProblem();
    Matcher hexadecimal = HEXADECIMAL.matcher(problem);
    if (hexadecimal.matches()) {
      place = firstNotHexadecimal(place, Integer.parseInt(hexadecimal.group(2)));
      problem = hexadecimal.group(1) + ", but found " + place.shown();
    } else if (place != null) {
      problem = reworded(problem, place);
    }
    return new YamlProblem(kind, e.getContext(), place(e.getContextMark()), problem, place);
  }

  private Place place(Mark mark) {
    return mark == null ? null : Place.of(mark, document);
  }

  private static String reworded(String problem, Place place) {
    Matcher found = flat(FOUND, problem);
    Matcher got = GOT.matcher(problem);
    if (flat(START, problem).matches()) {
      return "found character " + place.shown() + " that cannot start any token";
    } else if (flat(NAME, problem).matches()) {
      return "expected alphabetic or numeric character, but found " + place.shown();
    } else if (flat(ESCAPE, problem).matches()) {
      return "found unknown escape character " + place.shown();
    } else if (found.matches()) {
      return found.group(1) + " " + place.shown();
    } else if (got.matches()) {
      return got.group(1) + " '" + got.group(2) + "'";
    }
    return problem;
  }

  /** Matches in spite of an end of line that the parser quotes. */
  private static Matcher flat(Pattern pattern, String problem) {
    return pattern.matcher(problem.replaceAll("\\R", " "));
  }

  private static Place firstNotHexadecimal(Place start, int digits) {
    Place place = start;
    for (int i = 0; i < digits && Character.digit(place.character(), 16) >= 0; i++) {
      place = place.plus(1);
    }
    return place;
  }
}
