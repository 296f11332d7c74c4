package salt.common.jinja.filter;

import java.util.HashMap;
import java.util.Map;

/** The filters and tests that templates have. */
public final class Filters {
  private final Map<String, Filter> filters;
  private final Map<String, Test> tests;

  private Filters(Map<String, Filter> filters, Map<String, Test> tests) {
    this.filters = Map.copyOf(filters);
    this.tests = Map.copyOf(tests);
  }

  /** Jinja's own. */
  public static Filters standard() {
    Table table = new Table();
    addStandard(table);
    return new Filters(table.filters, table.tests);
  }

  /** Jinja's own and Salt's, which replace some of those. */
  public static Filters salt() {
    Table table = new Table();
    addStandard(table);
    DataFilters.add(table);
    SaltTextFilters.add(table);
    SaltListFilters.add(table);
    SaltDictFilters.add(table);
    HashFilters.add(table);
    NetworkFilters.add(table);
    FileFilters.add(table);
    RandomFilters.add(table);
    IterationFilters.add(table);
    DateFilters.add(table);
    return new Filters(table.filters, table.tests);
  }

  private static void addStandard(Table table) {
    TextFilters.add(table);
    MarkupFilters.add(table);
    NumberFilters.add(table);
    SequenceFilters.add(table);
    SelectionFilters.add(table);
    StandardTests.add(table);
  }

  /** The filter of this name, or null. */
  public Filter filter(String name) {
    return filters.get(name);
  }

  /** The test of this name, or null. */
  public Test test(String name) {
    return tests.get(name);
  }

  /** Filters and tests in the making. */
  static final class Table {
    private final Map<String, Filter> filters = new HashMap<>();
    private final Map<String, Test> tests = new HashMap<>();

    /**
     * Adds a filter.
     *
     * @param names its name, and others after commas
     * @param declaration its parameters as {@link salt.common.jinja.value.Signature} reads them
     */
    Table filter(String names, String declaration, Filter.Body body) {
      Filter filter = new Filter(declaration, body);
      for (String name : names.split(",", -1)) {
        filters.put(name, filter);
      }
      return this;
    }

    Table test(String names, String declaration, Test.Body body) {
      Test test = new Test(declaration, body);
      for (String name : names.split(",", -1)) {
        tests.put(name, test);
      }
      return this;
    }
  }
}
