package dev.ganzoo.clients.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds the table of rooms: what each may use besides the JDK, SLF4J and itself. The command line may use all. */
@Tag("pure")
class ArchitectureTest {
    private static final String ZOO = "dev.ganzoo.zoo..";
    private static final String JACKSON = "com.fasterxml.jackson..";

    private static JavaClasses all;

    enum Room {
        ZOO(
                "dev.ganzoo.zoo..",
                JACKSON,
                "ai.onnxruntime..",
                "com.github.benmanes.caffeine..",
                "org.knowm.xchart..",
                "dev.ludovic.netlib..",
                "org.netlib.util.."),
        TRAINING("dev.ganzoo.training..", ArchitectureTest.ZOO, JACKSON, "ai.djl..", "me.tongfei.progressbar.."),
        EXPORT("dev.ganzoo.export..", ArchitectureTest.ZOO, JACKSON, "ai.onnx.proto..", "com.google.protobuf.."),
        SERVER(
                "dev.ganzoo.server..",
                ArchitectureTest.ZOO,
                JACKSON,
                "io.javalin..",
                "org.eclipse.jetty..",
                "jakarta.servlet..",
                "com.github.benmanes.caffeine.."),
        CLIENT("dev.ganzoo.clients.http..", JACKSON);

        private final String packages;
        private final String[] mayUse;

        Room(String packages, String... mayUse) {
            this.packages = packages;
            this.mayUse = Stream.concat(
                            Stream.of(packages, "java..", "javax..", "org.w3c.dom..", "org.slf4j.."), Stream.of(mayUse))
                    .toArray(String[]::new);
        }
    }

    @BeforeAll
    static void importClasses() {
        all = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar"))
                .importPackages("dev.ganzoo");
    }

    @Test
    void seesTheRooms() {
        assertThat(all.contain(Main.class)).isTrue();
        assertThat(all.contain("dev.ganzoo.zoo.tensor.Tensor")).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void roomUsesOnlyWhatItMay(Room room) {
        classes()
                .that()
                .resideInAPackage(room.packages)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(room.mayUse)
                .allowEmptyShould(true)
                .check(all);
    }

    @Test
    void onlyTheCommandLineUsesIt() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.ganzoo.clients.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.ganzoo.clients.cli..", "picocli..")
                .check(all);
    }

    @ParameterizedTest
    @EnumSource
    void packagesOfARoomFormNoCycle(Room room) {
        slices().matching(room.packages.replace("..", ".(*).."))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(all);
    }
}
