package salt.common.jinja;

import java.util.concurrent.ThreadLocalRandom;
import salt.common.jinja.value.Arguments;
import salt.common.jinja.value.Markup;
import salt.common.jinja.value.Numbers;
import salt.common.jinja.value.Signature;
import salt.common.jinja.value.Truth;

/** Text without a meaning, to try layouts with. */
final class Lipsum {
  private static final String[] WORDS =
      "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor".split(" ", -1);

  private Lipsum() {}

  static Object text(Arguments arguments) {
    Object[] a =
        Signature.of("generate_lorem_ipsum(n=5, html=True, min=20, max=100)").bind(arguments);
    int paragraphs = Math.min(1000, Numbers.index(a[0]));
    int fewest = Math.max(1, Numbers.index(a[2]));
    int most = Math.min(10_000, Math.max(fewest + 1, Numbers.index(a[3])));
    boolean html = Truth.of(a[1]);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < paragraphs; i++) {
      out.append(out.isEmpty() ? "" : html ? "\n" : "\n\n").append(html ? "<p>" : "");
      int words = ThreadLocalRandom.current().nextInt(Math.min(fewest, most - 1), most);
      for (int word = 0; word < words; word++) {
        String next = WORDS[ThreadLocalRandom.current().nextInt(WORDS.length)];
        String first = Character.toUpperCase(next.charAt(0)) + next.substring(1);
        out.append(word == 0 ? first : " " + next);
      }
      out.append('.').append(html ? "</p>" : "");
    }
    return html ? new Markup(out.toString()) : out.toString();
  }
}
