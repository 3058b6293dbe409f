package dev.ganzoo.clients.cli;

import java.io.Console;

/** What the process is attached to. */
final class Terminal {
    private Terminal() {}

    /** Whether a person watches: only then are progress bars drawn, else plain lines are written. */
    static boolean isInteractive() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            // Before JDK 22, which brought the method, there is a console only on a terminal.
            return true;
        }
    }
}
