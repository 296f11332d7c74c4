package salt.common.jinja;

import salt.common.jinja.value.Arguments;

/** A function that looks at the names around its call. */
interface FrameFunction {
  Object call(Frame frame, Arguments arguments);
}
