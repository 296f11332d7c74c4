# Starts a program of the distribution: bin/<program> sets "program" and "self" and reads this file.
#
# Environment: JAVA_HOME names the Java to use, otherwise the one on the PATH. SALT_JAVA_OPTS has
# more options for it, such as -Xmx2g. SALT_CONFIG_DIR names the configuration. SALT_NO_ARCHIVE, if
# not empty, keeps archives of class data from being made and used.

# Each program that this script starts takes as long as a tenth of all it does, so where it can it
# starts none: for what took some, the answer is kept in a note, with all that it depends on.
case $self in
  /*/bin/*) lib=${self%/bin/*}/lib ;;
  *) lib=$(cd "${self%/*}/../lib" && pwd -P) || exit 69 ;;
esac

fail() {
  printf '%s: error: %s\n' "$program" "$1" >&2
  exit 69
}

# --- Java ---------------------------------------------------------------------------------------

# Sets "named_java", as it is found, before links are followed.
find_java() {
  if [ -n "${JAVA_HOME-}" ]; then
    named_java=$JAVA_HOME/bin/java
    [ -x "$named_java" ] || fail "JAVA_HOME is $JAVA_HOME, but there is no program bin/java in it"
    return
  fi
  rest=${PATH:+$PATH:}
  while [ -n "$rest" ]; do
    named_java=${rest%%:*}
    named_java=${named_java:-.}/java
    rest=${rest#*:}
    [ ! -f "$named_java" ] || [ ! -x "$named_java" ] || return 0
  done
  fail 'Java is missing: install Java 17 or newer, or set JAVA_HOME'
}

# Sets "java" and "java_home".
follow_java() {
  java=$named_java
  [ -n "${JAVA_HOME-}" ] || java=$(readlink -f -- "$java") || fail "cannot follow the link $java"
  java_home=${java%/bin/java}
}

# Sets "java_version", which is in a file, or else Java is asked.
read_java_version() {
  java_version=
  if [ -r "$java_home/release" ]; then
    while IFS='=' read -r name value; do
      case $name in
        JAVA_VERSION)
          java_version=${value#\"}
          java_version=${java_version%\"}
          break
          ;;
      esac
    done <"$java_home/release"
  fi
  if [ -z "$java_version" ]; then
    java_version=$("$java" -version 2>&1) || fail "$java does not run: $java_version"
    java_version=${java_version#*\"}
    java_version=${java_version%%\"*}
  fi
}

check_java() {
  major=${java_version%%[!0-9]*}
  case $major in
    '') fail "cannot tell the version of $java" ;;
  esac
  [ "$major" -ge 17 ] || fail "$java is Java $java_version, but Java 17 or newer is needed"
}

# --- Locale -------------------------------------------------------------------------------------

# Java takes the encoding of file names and arguments from the locale only, whatever options say, so
# the locale has to be one with UTF-8. Languages and the rest stay as the caller has them.
use_utf8() {
  command -v locale >/dev/null || {
    # musl has no such program, and takes every name.
    LC_ALL=C.UTF-8
    export LC_ALL
    return
  }
  is_utf8 && return
  find_utf8
  [ -z "$utf8" ] || set_ctype "$utf8"
}

# Sets "utf8" to a locale with UTF-8, or to nothing.
find_utf8() {
  for utf8 in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-*8$'); do
    if (set_ctype "$utf8" && is_utf8); then
      return
    fi
  done
  utf8=
}

is_utf8() {
  [ "$(locale charmap 2>/dev/null)" = UTF-8 ]
}

# The same by what the note says of locales.
use_noted_utf8() {
  case $locale in
    "$noted_locale" | "$noted_utf8") ;;
    '' | C | POSIX) set_ctype "$noted_utf8" ;;
    *) use_utf8 ;;
  esac
}

set_ctype() {
  if [ -n "${LC_ALL-}" ]; then
    LC_ALL=$1
    export LC_ALL
  else
    LC_CTYPE=$1
    export LC_CTYPE
  fi
}

# --- Options of the command line that matter before Java runs ---------------------------------

# Sets config_dir, user_option, pidfile_option and daemon from the arguments. It knows which
# short options take a value, so as not to take a value for an option.
read_arguments() {
  config_dir=${SALT_CONFIG_DIR:-/etc/salt}
  user_option= pidfile_option= daemon=
  case $program in
    salt-master | salt-minion) with_value=cul ;;
    salt-key) with_value=cularpdf ;;
    salt-call) with_value=cmtl ;;
    salt-run) with_value=ctal ;;
    salt-cp) with_value=ctl ;;
    *) with_value=ctbal ;;
  esac
  wanted=
  for argument in "$@"; do
    if [ -n "$wanted" ]; then
      take "$wanted" "$argument"
      wanted=
      continue
    fi
    case $argument in
      --) break ;;
      --*=*) take "${argument%%=*}" "${argument#*=}" ;;
      --daemon | --daemo | --daem | --dae | --da) take -d '' ;;
      --*) wanted=$argument; may_take "$wanted" || wanted= ;;
      -?*) read_short "${argument#-}" ;;
    esac
  done
}

# Long options of interest with a value; by any beginning that can be no other.
may_take() {
  case $1 in
    --conf | --confi | --config | --config-d | --config-di | --config-dir) ;;
    --user | --use | --us | --priv) ;;
    --pid | --pid-* | --log-l* | --log-f*) ;;
    *) return 1 ;;
  esac
}

read_short() {
  rest=$1
  while [ -n "$rest" ]; do
    letter=${rest%"${rest#?}"}
    rest=${rest#?}
    case $with_value in
      *"$letter"*)
        if [ -n "$rest" ]; then take "-$letter" "$rest"; else wanted=-$letter; fi
        return
        ;;
    esac
    take "-$letter" ''
  done
}

take() {
  case $1 in
    -c | --conf | --confi | --config | --config-d*) config_dir=$2 ;;
    -u | --user | --use | --us) case $program in salt-master | salt-minion | salt-key) user_option=$2 ;; esac ;;
    --priv) case $program in salt-call) user_option=$2 ;; esac ;;
    --pid*) pidfile_option=$2 ;;
    -d) case $program in salt-master | salt-minion) daemon=yes ;; esac ;;
  esac
}

# --- Options of the configuration ---------------------------------------------------------------

# Prints the value of an option in the configuration; the last file that has it wins.
configured() {
  case $program in
    salt-minion | salt-call) file=minion ;;
    *) file=master ;;
  esac
  for candidate in "$config_dir/$file" "$config_dir/$file.d"/*.conf; do
    [ -r "$candidate" ] && sed -n "s/^$1:[[:space:]]*//p" "$candidate"
  done | sed -e 's/[[:space:]]#.*$//' -e 's/[[:space:]]*$//' -e "s/^'\(.*\)'\$/\1/" \
    -e 's/^"\(.*\)"$/\1/' | tail -n 1
}

# Prints a path of the configuration, or else the default given, below root_dir.
configured_path() {
  path=$(configured "$1")
  path=${path:-$2}
  case $path in
    "$root_dir"*) printf '%s' "$path" ;;
    *) printf '%s' "${root_dir%/}/${path#/}" ;;
  esac
}

# --- The user to run as -------------------------------------------------------------------------

# Sets "as": the words to put before a command so that it runs as the configured user.
choose_user() {
  runas=
  case $program in
    salt | salt-cp) return ;;
  esac
  [ "$(id -u)" = 0 ] || return 0
  runas=${user_option:-$(configured user)}
  [ -n "$runas" ] && [ "$runas" != root ] || {
    runas=
    return 0
  }
  user_id=$(id -u -- "$runas" 2>/dev/null) || fail "there is no user '$runas' to run as"
  [ "$user_id" != 0 ] || {
    runas=
    return 0
  }
  group_id=$(id -g -- "$runas")
  HOME=$(getent passwd "$runas" | cut -d: -f6)
  USER=$runas
  LOGNAME=$runas
  export HOME USER LOGNAME
}

# Becomes the user, if there is one to become, and runs the command in place of this shell.
run() {
  if [ -z "$runas" ]; then
    exec "$@"
  elif setpriv --help 2>/dev/null | grep -q -e --init-groups; then
    exec setpriv --reuid="$user_id" --regid="$group_id" --init-groups -- "$@"
  elif command -v runuser >/dev/null; then
    exec runuser -u "$runas" -- "$@"
  else
    exec su -s /bin/sh "$runas" -c 'exec "$0" "$@"' -- "$@"
  fi
}

# Makes what only root can make, for the user: missing directories, the files for log and pid.
prepare_for_user() {
  [ -n "$runas" ] || return 0
  kind=${program#salt-}
  own_directory 700 "$(configured_path pki_dir "/etc/salt/pki/$kind")"
  own_directory 755 "$(configured_path cachedir "/var/cache/salt/$kind")"
  own_directory 755 "$(configured_path sock_dir "/var/run/salt/$kind")"
  case $(configured log_file) in
    *://*) ;;
    *) own_file 640 "$(configured_path log_file "/var/log/salt/$kind")" ;;
  esac
  own_file 644 "$pidfile"
}

own_directory() {
  [ -d "$2" ] || {
    mkdir -p -- "${2%/*}" && mkdir -m "$1" -- "$2" && chown "$user_id:$group_id" "$2"
  }
}

own_file() {
  [ -e "$2" ] || {
    mkdir -p -- "${2%/*}" && (umask 077 && : >"$2") && chmod "$1" "$2"
  }
  # Not what a link leads to: the directory may be another's.
  chown -h "$user_id:$group_id" "$2"
}

# --- Class data and the note ----------------------------------------------------------------------

# Others than root keep them in their cache directory, if they cannot write to ours. Root does not
# look there, for HOME may be somebody else's.
find_place() {
  place=$lib
  [ -w "$lib" ] || [ "$(id -u)" = 0 ] || [ -z "${HOME-}" ] || {
    place=${XDG_CACHE_HOME:-$HOME/.cache}/salt-jvm
  }
}

# Sets "lib", "java" and "archive" by a note, if what it depends on is as it was. That the jars are
# those of the archive is seen by Java, and a program that runs without the archive deletes the note.
use_note() {
  [ -z "${SALT_NO_ARCHIVE-}" ] && [ -r "$lib/build-sum" ] || return
  IFS= read -r build <"$lib/build-sum"
  read_note "$lib/launch-note" && return
  find_place
  [ "$place" != "$lib" ] && [ -O "$place/launch-note" ] && read_note "$place/launch-note"
}

read_note() {
  note=$1
  [ -r "$note" ] || return
  {
    IFS= read -r noted_build
    IFS= read -r noted_lib
    IFS= read -r noted_name
    IFS= read -r java
    IFS= read -r noted_version
    IFS= read -r noted_locale
    IFS= read -r noted_utf8
    IFS= read -r archive
  } <"$note" || return
  java_home=${java%/bin/java}
  [ "$build" = "$noted_build" ] && [ "$lib" -ef "$noted_lib" ] && [ -r "$archive" ] &&
    [ "$named_java" = "$noted_name" ] && [ "$named_java" -ef "$java" ] &&
    [ -r "$java_home/release" ] || return
  read_java_version
  [ "$java_version" = "$noted_version" ] || return
  lib=$noted_lib
}

write_note() {
  [ -r "$lib/build-sum" ] && [ -r "$java_home/release" ] && [ -w "$place" ] || return 0
  IFS= read -r build <"$lib/build-sum"
  utf8=C.UTF-8
  ! command -v locale >/dev/null || find_utf8
  [ -n "$utf8" ] || return 0
  # The caller's own locale, if it can stay as it is.
  [ -n "$locale" ] && (set_ctype "$locale" && is_utf8) || locale=$utf8
  (umask 022 && printf '%s\n' "$build" "$lib" "$named_java" "$java" "$java_version" \
    "$locale" "$utf8" "$archive" >"$place/launch-note.$$" &&
    mv -f "$place/launch-note.$$" "$place/launch-note") 2>/dev/null || :
}

# Sets "archive" to an archive of class data made for this Java and these jars, if there is one, and
# has one made in the background if not. It halves the time to start.
find_archive() {
  archive=
  [ -z "${SALT_NO_ARCHIVE-}" ] || return 0
  key=$({
    ls -lnL "$lib"/*.jar
    # Builds of one version may differ in their content only.
    cksum "$lib"/salt-*.jar
    echo "$java $java_version"
    cat "$java_home/release" 2>/dev/null
  } | cksum)
  name=salt-${key%% *}.jsa
  place=$lib
  archive=$place/$name
  [ -r "$archive" ] || {
    find_place
    archive=$place/$name
  }
  [ -r "$archive" ] && { [ "$place" = "$lib" ] || [ -O "$archive" ]; } && {
    write_note
    return
  }
  archive=
  [ -w "$place" ] || [ "$place" != "$lib" ] || return 0
  # Nothing of the caller's is held open by it: who reads our output is not to wait for it.
  (exec </dev/null >/dev/null 2>&1; make_archive) &
}

make_archive() {
  (umask 077 && mkdir -p "$place") || return
  # One at a time; one that died long ago does not count.
  find "$place" -maxdepth 1 -name 'salt-*.jsa.lock' -mmin +10 -exec rmdir {} +
  mkdir "$place/$name.lock" || return
  trap 'rm -f "$place/$name.$$" "$place/$name.list.$$"; rmdir "$place/$name.lock"' EXIT
  # The options are words without blanks.
  # shellcheck disable=SC2086
  nice "$java" -Xshare:off -XX:DumpLoadedClassList="$place/$name.list.$$" \
    -XX:TieredStopAtLevel=1 $properties "-Dsalt.lib=$lib" \
    -cp "$classpath" salt.cli.command.Training || return
  # shellcheck disable=SC2086
  nice "$java" -Xshare:dump -XX:SharedClassListFile="$place/$name.list.$$" \
    -XX:SharedArchiveFile="$place/$name.$$" $collector -cp "$classpath" &&
    chmod 644 "$place/$name.$$" &&
    rm -f "$place"/salt-*.jsa &&
    mv "$place/$name.$$" "$place/$name"
}

# --- Options for Java ---------------------------------------------------------------------------

set_classpath() {
  classpath=
  for jar in "$lib"/*.jar; do
    classpath=$classpath:$jar
  done
  classpath=${classpath#:}
}

# Sets "options", those without blanks in them; and, of these, "properties" and "collector".
java_options() {
  # Java would otherwise look for another provider in every jar.
  properties=
  [ ! -e /proc/sys/kernel/ostype ] ||
    properties=-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider
  # The one collector for which Java 17 keeps objects in an archive, not only classes.
  collector='-XX:+UseG1GC -XX:G1HeapRegionSize=1m'
  # Anything Java says of itself belongs to standard error.
  options="-XX:+IgnoreUnrecognizedVMOptions -Xlog:disable -Xlog:all=error:stderr"
  options="$options -XX:-UsePerfData $terminal $properties"
  case $program in
    salt-master) options="$options -XX:+UseSerialGC -Xms8m -Xss512k" ;;
    salt-minion)
      options="$options -XX:+UseSerialGC -Xms8m -Xmx256m -Xss256k -XX:TieredStopAtLevel=1"
      options="$options -XX:ReservedCodeCacheSize=24m -XX:NewSize=2m -XX:CICompilerCount=1"
      ;;
    *)
      options="$options $collector -XX:ParallelGCThreads=1 -XX:ConcGCThreads=1"
      # Room enough to end before anything has to be collected.
      options="$options -XX:G1ConcRefinementThreads=0 -Xms32m -Xmn16m"
      options="$options -XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=24m"
      # Commands start often, and do without a large logger.
      options="$options -Dslf4j.internal.verbosity=WARN"
      options="$options -Dslf4j.provider=salt.common.logging.CommandLoggingProvider"
      ;;
  esac
}

# Starts a daemon in a session of its own, and stays until it wrote its pid file or ended.
start_daemon() {
  before=$(cat "$pidfile" 2>/dev/null)
  notes=$(mktemp) || fail 'cannot make a temporary file'
  trap 'rm -f "$notes"' EXIT
  (run setsid "$@" </dev/null >"$notes" 2>&1) &
  child=$!
  waited=0
  while [ $waited -lt 600 ]; do
    if ! kill -0 $child 2>/dev/null; then
      wait $child
      status=$?
      cat "$notes" >&2
      exit $status
    fi
    now=$(cat "$pidfile" 2>/dev/null)
    [ -z "$now" ] || [ "$now" = "$before" ] || break
    sleep 0.1
    waited=$((waited + 1))
  done
  cat "$notes" >&2
  exit 0
}

# --- All together -------------------------------------------------------------------------------

umask 022
# Java itself cannot tell when only standard output is a terminal.
terminal=-Dsalt.terminal=false
[ ! -t 1 ] || terminal=-Dsalt.terminal=true
locale=${LC_ALL:-${LC_CTYPE:-${LANG-}}}
read_arguments "$@"
java_options
find_java
if use_note; then
  use_noted_utf8
  noted=-Dsalt.note=$note
else
  noted=
  lib=$(cd "$lib" && pwd -P) || exit 69
  follow_java
  read_java_version
  check_java
  use_utf8
  set_classpath
  find_archive
fi
[ -z "$noted" ] || set_classpath
choose_user

# Wildcards in options are none.
set -f
# shellcheck disable=SC2086
set -- ${SALT_JAVA_OPTS-} "-Dsalt.lib=$lib" -cp "$classpath" salt.cli.command.Main "$program" "$@"
[ -z "$noted" ] || set -- "$noted" "$@"
# The archive stays where it was made for, if that place is free: moving it would write to every page
# of it, which costs time and makes each process hold a copy of its own.
[ -z "$archive" ] || set -- "-XX:SharedArchiveFile=$archive" -Xshare:auto \
  -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0 "$@"
# shellcheck disable=SC2086
set -- "$java" $options "$@"
set +f

case $program in
  salt-master | salt-minion)
    root_dir=$(configured root_dir)
    root_dir=${root_dir:-/}
    pidfile=${pidfile_option:-$(configured_path pidfile "/var/run/$program.pid")}
    prepare_for_user
    [ -z "$daemon" ] || start_daemon "$@"
    ;;
esac
run "$@"
