package salt.minion.module;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import salt.common.loader.Function;
import salt.common.loader.Function.Parameter;

/** Describes what a state takes as a JSON schema: any scalar for each of its arguments. */
final class StateSchema {
  private static final String DRAFT = "http://json-schema.org/draft-04/schema#";
  private static final List<String> SCALARS = List.of("boolean", "integer", "number", "string");

  private StateSchema() {}

  static Map<String, Object> of(String name, Function state) {
    Map<String, Object> properties = new LinkedHashMap<>();
    for (Parameter parameter : state.parameters()) {
      if (parameter.kind() == Function.Kind.NAMED) {
        properties.put(parameter.name(), Map.of("oneOf", scalars(parameter)));
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", DRAFT);
    schema.put("title", name);
    schema.put("description", name);
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("x-ordering", List.copyOf(properties.keySet()));
    schema.put("additionalProperties", false);
    return schema;
  }

  private static List<Object> scalars(Parameter parameter) {
    List<Object> scalars = new ArrayList<>();
    for (String type : SCALARS) {
      Map<String, Object> scalar = new LinkedHashMap<>();
      scalar.put("type", type);
      scalar.put("title", parameter.name());
      scalar.put("description", parameter.name());
      if (parameter.defaultValue() != null) {
        scalar.put("default", parameter.defaultValue());
      }
      scalars.add(scalar);
    }
    return scalars;
  }
}
