package dev.ganzoo.zoo.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class AtomicFilesTest {
    @TempDir
    Path folder;

    @Test
    void replacesTheFileAsAWhole() throws IOException {
        Path file = folder.resolve("a/b.txt");
        AtomicFiles.write(file, "old and long".getBytes(StandardCharsets.UTF_8));
        AtomicFiles.write(file, "new".getBytes(StandardCharsets.UTF_8));
        assertThat(file).hasContent("new");
        assertThat(file.getParent().toFile().list()).containsExactly("b.txt");
    }

    @Test
    void aFailureLeavesTheOldContentAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("b.txt"), "old");
        assertThatThrownBy(() -> AtomicFiles.write(file, channel -> {
                    channel.write(ByteBuffer.wrap("ne".getBytes(StandardCharsets.UTF_8)));
                    assertThat(folder.toFile().list())
                            .hasSize(2)
                            .anyMatch(name -> AtomicFiles.isPartial(Path.of(name)));
                    throw new IOException("disk full");
                }))
                .hasMessage("disk full");
        assertThat(file).hasContent("old");
        assertThat(folder.toFile().list()).containsExactly("b.txt");
    }
}
