package dev.ganzoo.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves native arrays behind. */
public final class NativeResources implements BeforeEachCallback, AfterEachCallback {
    private static final ExtensionContext.Namespace NAMESPACE =
            ExtensionContext.Namespace.create(NativeResources.class);

    /** How many arrays are held by all managers of the process together. */
    public static int heldArrays() {
        try (NDManager manager = NDManager.newBaseManager("PyTorch")) {
            return manager.getParentManager().getManagedArrays().size();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", heldArrays());
    }

    @Override
    public void afterEach(ExtensionContext context) {
        assertThat(heldArrays())
                .as("native arrays held after the test")
                .isEqualTo(context.getStore(NAMESPACE).get("before", int.class));
    }
}
