package dev.ganzoo.zoo.data;

import dev.ganzoo.zoo.files.AtomicFiles;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the files of a dataset are published. */
sealed interface Origin {
    /**
     * Downloads files to a folder that exists, unpacked. Each becomes visible only whole and checked.
     *
     * @throws IOException if the server does not answer as it should, or what it sends is cut short or altered
     */
    void fetch(List<SourceFile> files, Path folder, DownloadListener listener) throws IOException;

    /** Every file gzipped by itself: {@code base} and the file's name and {@code .gz}. */
    record GzippedFiles(URI base) implements Origin {
        @Override
        public void fetch(List<SourceFile> files, Path folder, DownloadListener listener) throws IOException {
            for (SourceFile file : files) {
                String name = file.name() + ".gz";
                URI uri = base.resolve(name);
                Path packed = AtomicFiles.partialOf(folder.resolve(name));
                try {
                    Download.to(packed, uri, listener);
                    unpack(packed, "download of " + uri, file, folder.resolve(file.name()));
                } finally {
                    Files.deleteIfExists(packed);
                }
            }
        }

        private static void unpack(Path packed, String described, SourceFile file, Path target) throws IOException {
            try (var checked = CheckedFile.open(Files.newInputStream(packed), described, file)) {
                AtomicFiles.write(target, channel -> checked.copyTo(Channels.newOutputStream(channel)));
            }
        }
    }

    /** All files in one {@code .tar.gz}. */
    record TarGz(URI uri) implements Origin {
        @Override
        public void fetch(List<SourceFile> files, Path folder, DownloadListener listener) throws IOException {
            Path archive = AtomicFiles.partialOf(folder.resolve("archive.tar.gz"));
            try {
                Download.to(archive, uri, listener);
                TarGzArchive.extract(archive, "download of " + uri, files, folder);
            } finally {
                Files.deleteIfExists(archive);
            }
        }
    }
}
