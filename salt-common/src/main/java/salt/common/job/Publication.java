package salt.common.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import salt.common.payload.Fields;
import salt.common.payload.MalformedPayload;

/**
 * A job as the master publishes it.
 *
 * @param functions the names in {@code fun}: one, or several for a multi-function job
 * @param multiple whether {@code fun} is a list on the wire
 * @param arguments the {@code arg} of each function
 * @param target {@code tgt}: text or a list of texts
 * @param targetType {@code tgt_type}; glob when absent
 * @param jid the job id
 * @param returners {@code ret}: names separated by commas, empty without
 * @param user who published; empty when absent
 * @param more every other field, in order: {@code master_id}, {@code delimiter}, {@code id}, {@code
 *     to}, {@code metadata} and what a newer master may add
 */
public record Publication(
    List<String> functions,
    boolean multiple,
    List<List<Object>> arguments,
    Object target,
    String targetType,
    String jid,
    String returners,
    String user,
    Map<String, Object> more) {
  /** The order in which Salt writes the fields; others come before {@code user}. */
  private static final List<String> ORDER =
      List.of(
          "fun",
          "arg",
          "tgt",
          "jid",
          "ret",
          "master_id",
          "delimiter",
          "id",
          "tgt_type",
          "to",
          "ret_config",
          "metadata",
          "module_executors",
          "executor_opts",
          "ret_kwargs");

  private static final String[] KNOWN = {"fun", "arg", "tgt", "jid", "ret", "tgt_type", "user"};

  /** Copies the collections. */
  public Publication {
    functions = List.copyOf(functions);
    arguments = List.copyOf(arguments);
    more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
  }

  /** A job of one function. */
  public static Publication of(
      String function, List<Object> arg, Object target, String targetType, String jid) {
    return new Publication(
        List.of(function), false, List.of(arg), target, targetType, jid, "", "", Map.of());
  }

  /**
   * Reads a job map.
   *
   * @throws MalformedPayload when {@code fun}, {@code arg}, {@code tgt} or {@code jid} is missing
   *     or of a wrong type, or a multi-function job has not one {@code arg} for each function
   */
  public static Publication read(Map<?, ?> map) {
    Fields fields = Fields.of("publication", map);
    for (String needed : List.of("fun", "arg", "tgt", "jid")) {
      if (!fields.has(needed)) {
        throw new MalformedPayload("publication: field '" + needed + "' is missing");
      }
    }
    Object fun = fields.any("fun");
    boolean multiple = fun instanceof List;
    List<String> functions = multiple ? texts(fields.list("fun")) : List.of(fields.text("fun"));
    List<List<Object>> arguments =
        multiple ? lists(fields.list("arg")) : List.of(fields.list("arg"));
    if (functions.size() != arguments.size()) {
      throw new MalformedPayload(
          "publication: %d functions, but arguments for %d"
              .formatted(functions.size(), arguments.size()));
    }
    return new Publication(
        functions,
        multiple,
        arguments,
        target(fields.any("tgt")),
        fields.text("tgt_type", "glob"),
        fields.text("jid"),
        fields.any("ret") instanceof String ret ? ret : "",
        fields.text("user", ""),
        fields.rest(KNOWN));
  }

  private static Object target(Object target) {
    if (target instanceof String || target instanceof List) {
      return target;
    }
    throw new MalformedPayload(
        "publication: field 'tgt': expected text or a list, got " + Fields.typeName(target));
  }

  private static List<String> texts(List<Object> items) {
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw new MalformedPayload(
            "publication: field 'fun': expected texts, got " + Fields.typeName(item));
      }
      texts.add(text);
    }
    return texts;
  }

  private static List<List<Object>> lists(List<Object> items) {
    List<List<Object>> lists = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof List<?> list)) {
        throw new MalformedPayload(
            "publication: field 'arg': expected a list for each function, got "
                + Fields.typeName(item));
      }
      lists.add(Collections.unmodifiableList(new ArrayList<>(list)));
    }
    return lists;
  }

  /** The name of the function of a job that has one, the first one otherwise. */
  public String function() {
    return functions.get(0);
  }

  /** The delimiter between the keys of the target; a colon unless given. */
  public String delimiter() {
    return more.get("delimiter") instanceof String delimiter ? delimiter : ":";
  }

  /** The id of the minion that published the job, if one did. */
  public Optional<String> publishingMinion() {
    return more.get("id") instanceof String id ? Optional.of(id) : Optional.empty();
  }

  /** {@code fun} as on the wire: text, or a list for a multi-function job. */
  public Object fun() {
    return multiple ? functions : function();
  }

  /** {@code arg} as on the wire. */
  public List<?> arg() {
    return multiple ? arguments : arguments.get(0);
  }

  /** The job map, its fields in Salt's order, {@code user} and {@code serial} last. */
  public Map<String, Object> write() {
    Map<String, Object> all = new LinkedHashMap<>(more);
    all.put("fun", fun());
    all.put("arg", arg());
    all.put("tgt", target);
    all.put("jid", jid);
    all.put("ret", returners);
    all.put("tgt_type", targetType);
    Map<String, Object> ordered = new LinkedHashMap<>();
    ORDER.forEach(
        name -> {
          if (all.containsKey(name)) {
            ordered.put(name, all.remove(name));
          }
        });
    Object serial = all.remove("serial");
    Object authorised = all.remove("auth_list");
    ordered.putAll(all);
    if (!user.isEmpty()) {
      ordered.put("user", user);
    }
    if (authorised != null) {
      ordered.put("auth_list", authorised);
    }
    if (serial != null) {
      ordered.put("serial", serial);
    }
    return ordered;
  }
}
