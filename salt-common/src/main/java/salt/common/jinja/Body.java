package salt.common.jinja;

import java.util.List;
import java.util.Map;

/** A parsed template. It holds no state: any number of threads may run it. */
record Body(List<Statement> statements, Map<String, Statements.Block> blocks) {}
