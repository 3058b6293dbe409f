package dev.ganzoo.zoo.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("pure")
class PngTest {
    @Test
    void pixelsAndTextAreReadBack() throws Exception {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(2, 1, 0x123456);
        Map<String, String> text = new LinkedHashMap<>();
        text.put("model", "sngan-proj");
        text.put("seed", "42");
        text.put("note", "ψ ≤ 2");

        byte[] png = Png.encode(image, text);

        assertThat(Png.text(png)).isEqualTo(text);
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(read.getRGB(2, 1) & 0xFFFFFF).isEqualTo(0x123456);
        assertThat(read.getRGB(0, 0) & 0xFFFFFF).isZero();
    }

    @Test
    void greyIsStoredAsGrey() throws Exception {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, 77);

        byte[] png = Png.encode(image);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
        assertThat(read.getRaster().getNumBands()).isEqualTo(1);
        assertThat(read.getRaster().getSample(0, 0, 0)).isEqualTo(77);
        assertThat(Png.text(png)).isEmpty();
    }

    @Test
    void refusesKeywordsThatPngForbids() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        assertThatThrownBy(() -> Png.encode(image, Map.of("", "x")))
                .hasMessageEndingWith("without blanks at its ends, got \"\"");
        assertThatThrownBy(() -> Png.encode(image, Map.of(" a", "x"))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Png.encode(image, Map.of("k".repeat(80), "x")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
