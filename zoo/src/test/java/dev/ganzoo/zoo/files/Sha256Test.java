package dev.ganzoo.zoo.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("pure")
class Sha256Test {
    @Test
    void isTheStandards(@TempDir Path folder) throws IOException {
        // FIPS 180-4's examples: "abc", and a million times "a", which is more than one buffer.
        assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Path file = Files.writeString(folder.resolve("million"), "a".repeat(1_000_000));
        assertThat(Sha256.of(file)).isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}
