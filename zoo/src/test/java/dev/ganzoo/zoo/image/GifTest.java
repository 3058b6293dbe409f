package dev.ganzoo.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class GifTest {
    /** 64 × 64 with some thousands of colours, shifted by {@code phase}. */
    private static BufferedImage gradient(int phase) {
        BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 64; y++) {
            for (int x = 0; x < 64; x++) {
                image.setRGB(x, y, x * 4 << 16 | y * 4 << 8 | (x + y + phase) % 128 * 2);
            }
        }
        return image;
    }

    private static ImageReader reader(byte[] gif) {
        ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
        reader.setInput(new MemoryCacheImageInputStream(new ByteArrayInputStream(gif)));
        return reader;
    }

    @Test
    void framesDelayAndLoopAreReadBack() throws Exception {
        byte[] gif = Gif.encode(List.of(gradient(0), gradient(10), gradient(20)), Duration.ofMillis(120));

        ImageReader reader = reader(gif);
        assertThat(reader.getNumImages(true)).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            var root = (IIOMetadataNode) reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
            var control = (IIOMetadataNode)
                    root.getElementsByTagName("GraphicControlExtension").item(0);
            assertThat(control.getAttribute("delayTime")).isEqualTo("12");
            assertThat(root.getElementsByTagName("LocalColorTable").getLength()).isZero();
        }
        String text = new String(gif, StandardCharsets.ISO_8859_1);
        assertThat(text).startsWith("GIF89a").contains("NETSCAPE2.0\u0003\u0001\u0000\u0000");
    }

    @Test
    void manyColoursStayCloseOnAverage() throws Exception {
        BufferedImage original = gradient(0);

        BufferedImage read =
                reader(Gif.encode(List.of(original), Duration.ofMillis(100))).read(0);

        // Error diffusion keeps local means: 8 × 8 blocks are off by little even where single pixels are not exact.
        for (int block = 0; block < 64; block++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                double difference = 0;
                for (int p = 0; p < 64; p++) {
                    int x = block % 8 * 8 + p % 8, y = block / 8 * 8 + p / 8;
                    difference += (original.getRGB(x, y) >> shift & 0xFF) - (read.getRGB(x, y) >> shift & 0xFF);
                }
                assertThat(Math.abs(difference / 64)).isLessThan(8);
            }
        }
    }

    @Test
    void fewColoursAreExact() throws Exception {
        List<BufferedImage> frames = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            BufferedImage frame = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
            for (int p = 0; p < 64; p++) {
                frame.getRaster().setSample(p % 8, p / 8, 0, 64 * i + p);
            }
            frames.add(frame);
        }

        ImageReader reader = reader(Gif.encode(frames, Duration.ofSeconds(1)));

        for (int i = 0; i < 4; i++) {
            BufferedImage read = reader.read(i);
            for (int p = 0; p < 64; p++) {
                assertThat(read.getRGB(p % 8, p / 8) & 0xFFFFFF).isEqualTo((64 * i + p) * 0x010101);
            }
        }
    }

    @Test
    void oneColourIsEnough() throws Exception {
        BufferedImage black = new BufferedImage(5, 5, BufferedImage.TYPE_INT_RGB);

        BufferedImage read =
                reader(Gif.encode(List.of(black), Duration.ofMillis(50))).read(0);

        assertThat(read.getRGB(2, 2) & 0xFFFFFF).isZero();
    }

    @Test
    void refusesWhatGifCannotHold() {
        assertThatThrownBy(() -> Gif.encode(List.of(), Duration.ofMillis(100)))
                .hasMessage("an animation needs at least one frame, got none");
        assertThatThrownBy(() -> Gif.encode(List.of(gradient(0)), Duration.ofMillis(9)))
                .hasMessage("frame delay must be in 10..655350 ms, got 9 ms");
        assertThatThrownBy(() -> Gif.encode(
                        List.of(gradient(0), new BufferedImage(3, 4, BufferedImage.TYPE_INT_RGB)),
                        Duration.ofMillis(100)))
                .hasMessage("frames must have one size, got 3 × 4 after 64 × 64");
    }
}
