package dev.ganzoo.training.run;

import dev.ganzoo.zoo.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Event files for <a href="https://www.tensorflow.org/tensorboard">TensorBoard</a>: metrics as scalars, sample grids as
 * images under {@value #SAMPLES}. {@code tensorboard --logdir runs} shows every run.
 *
 * <p>Each start of the run begins a new file. When a run goes on from step K, the file says so, and TensorBoard forgets
 * what older files hold beyond K.
 */
public final class TensorBoardLog implements TrainingListener {
    private static final String SAMPLES = "samples/fixed";
    private static final String SPEED = "speed/images_per_second";

    private final Path folder;
    private final Clock clock;
    private RecordFile file;

    private TensorBoardLog(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The log of the run in {@code runFolder}; a file is begun when the run starts. */
    public static TensorBoardLog of(Path runFolder) {
        return of(runFolder, Clock.systemUTC());
    }

    static TensorBoardLog of(Path runFolder, Clock clock) {
        return new TensorBoardLog(runFolder.resolve("tensorboard"), clock);
    }

    @Override
    public void started(RunStart start) throws IOException {
        Files.createDirectories(folder);
        file = create();
        file.append(event(0).string(Event.FILE_VERSION, "brain.Event:2").toBytes());
        // In a new run too: TensorBoard takes the first such event for a start, and only those after it for restarts.
        Protobuf session = new Protobuf().varint(Event.SESSION_STATUS, Event.SESSION_START);
        file.append(event(start.step() + 1).message(Event.SESSION_LOG, session).toBytes());
    }

    @Override
    public void stepDone(StepReport report) throws IOException {
        if (report.metrics().isEmpty()) {
            return;
        }
        Protobuf summary = new Protobuf();
        for (Map.Entry<String, Double> metric : report.metrics().entrySet()) {
            summary.message(Event.VALUE, scalar(metric.getKey(), metric.getValue()));
        }
        summary.message(Event.VALUE, scalar(SPEED, report.imagesPerSecond()));
        file.append(event(report.step()).message(Event.SUMMARY, summary).toBytes());
    }

    @Override
    public void samples(SampleReport samples) throws IOException {
        BufferedImage grid = samples.grid();
        Protobuf image = new Protobuf()
                .varint(Event.IMAGE_HEIGHT, grid.getHeight())
                .varint(Event.IMAGE_WIDTH, grid.getWidth())
                .varint(Event.IMAGE_COLORSPACE, Event.RGB)
                .bytes(Event.IMAGE_ENCODED, Png.encode(grid));
        Protobuf value = new Protobuf().string(Event.TAG, SAMPLES).message(Event.IMAGE, image);
        Protobuf summary = new Protobuf().message(Event.VALUE, value);
        file.append(event(samples.step()).message(Event.SUMMARY, summary).toBytes());
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }

    private static Protobuf scalar(String tag, double value) {
        return new Protobuf().string(Event.TAG, tag).fixed32(Event.SIMPLE_VALUE, (float) value);
    }

    private Protobuf event(long step) {
        return new Protobuf().fixed64(Event.WALL_TIME, clock.millis() / 1000.0).varint(Event.STEP, step);
    }

    /** TensorBoard reads the files of a folder in the order of their names, so these begin with the time. */
    private RecordFile create() throws IOException {
        String stem = "events.out.tfevents.%010d.%s.%d"
                .formatted(
                        clock.millis() / 1000, host(), ProcessHandle.current().pid());
        for (int attempt = 0; ; attempt++) {
            try {
                return RecordFile.create(folder.resolve(stem + "." + attempt));
            } catch (FileAlreadyExistsException e) {
                // A run stopped and resumed within one second: the next number.
            }
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9-]", "-");
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The field numbers of TensorFlow's event.proto and summary.proto, and the values of their enums. */
    private static final class Event {
        static final int WALL_TIME = 1;
        static final int STEP = 2;
        static final int FILE_VERSION = 3;
        static final int SUMMARY = 5;
        static final int SESSION_LOG = 7;
        static final int SESSION_STATUS = 1;
        static final int SESSION_START = 1;
        static final int VALUE = 1;
        static final int TAG = 1;
        static final int SIMPLE_VALUE = 2;
        static final int IMAGE = 4;
        static final int IMAGE_HEIGHT = 1;
        static final int IMAGE_WIDTH = 2;
        static final int IMAGE_COLORSPACE = 3;
        static final int IMAGE_ENCODED = 4;
        static final int RGB = 3;

        private Event() {}
    }
}
