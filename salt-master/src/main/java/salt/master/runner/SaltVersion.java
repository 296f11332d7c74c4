package salt.master.runner;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of Salt, compared by its numbers; release candidates come before the release. */
record SaltVersion(String text) implements Comparable<SaltVersion> {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern FORM = Pattern.compile("v?(\\d+(?:\\.\\d+)*)(rc\\d+)?.*");

  @Override
  public int compareTo(SaltVersion other) {
    List<BigInteger> mine = numbers();
    List<BigInteger> theirs = other.numbers();
    for (int i = 0; i < Math.max(mine.size(), theirs.size()); i++) {
      int difference = at(mine, i).compareTo(at(theirs, i));
      if (difference != 0) {
        return difference;
      }
    }
    return Boolean.compare(isRelease(), other.isRelease());
  }

  private static BigInteger at(List<BigInteger> numbers, int place) {
    return place < numbers.size() ? numbers.get(place) : BigInteger.ZERO;
  }

  private List<BigInteger> numbers() {
    List<BigInteger> numbers = new ArrayList<>();
    Matcher matcher = FORM.matcher(text);
    if (matcher.matches()) {
      Matcher number = NUMBER.matcher(matcher.group(1));
      while (number.find()) {
        numbers.add(new BigInteger(number.group()));
      }
    }
    return numbers;
  }

  private boolean isRelease() {
    Matcher matcher = FORM.matcher(text);
    return !matcher.matches() || matcher.group(2) == null;
  }
}
