package dev.ganzoo.server;

import dev.ganzoo.server.Problem.Type;
import dev.ganzoo.zoo.visualize.Visualization;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Searches that run, which can be ended, and the last that have ended, whose results can be had for a while. */
final class Visualizations {
    private final int kept;
    private final Map<String, Job> running = new LinkedHashMap<>();
    private final Map<String, Visualization> ended = new LinkedHashMap<>();
    private boolean stopping;

    /** @param kept how many results of ended ones */
    Visualizations(int kept) {
        this.kept = kept;
    }

    /** A search that runs. */
    static final class Job {
        private final String id = UUID.randomUUID().toString();
        private volatile String end;

        String id() {
            return id;
        }

        /** Why it is to end before its last step, or null. */
        String end() {
            return end;
        }

        void end(String why) {
            end = why;
        }
    }

    synchronized Job begin() {
        Job job = new Job();
        if (stopping) {
            throw Problems.stopping();
        }
        running.put(job.id, job);
        return job;
    }

    /** @param result null if it failed */
    synchronized void end(Job job, Visualization result) {
        running.remove(job.id);
        if (result != null) {
            ended.put(job.id, result);
            ended.keySet().stream()
                    .limit(Math.max(0, ended.size() - kept))
                    .toList()
                    .forEach(ended::remove);
        }
    }

    /** Ends the search of this id where it is; if it has ended, forgets its result. */
    synchronized void cancel(String id) {
        Job job = running.get(id);
        if (job != null) {
            job.end("cancelled");
        } else if (ended.remove(id) == null) {
            throw unknown(id);
        }
    }

    synchronized Visualization result(String id) {
        Visualization result = ended.get(id);
        if (result == null) {
            throw unknown(id);
        }
        return result;
    }

    /** Ends all, and lets no more begin. */
    synchronized void stop() {
        stopping = true;
        running.values().forEach(job -> job.end("stopping"));
    }

    private Problem unknown(String id) {
        return new Problem(
                Type.UNKNOWN_VISUALIZATION,
                "id",
                "no visualization %s; the results of the last %d are kept".formatted(id, kept));
    }
}
