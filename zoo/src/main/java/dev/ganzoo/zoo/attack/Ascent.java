package dev.ganzoo.zoo.attack;

/**
 * Steps of one size along the gradient, each followed by projection onto the ball around the original and into [0, 1].
 *
 * @param decay of the gradients' running sum, each divided by the sum of its absolute values; 0 for the latest gradient
 * @param earlyStop whether an image takes no more steps once it has succeeded
 */
record Ascent(Norm norm, double epsilon, double step, int steps, Loss loss, double decay, boolean earlyStop) {
    /** Moves {@code points} of the images {@code active}. */
    void run(AttackBatch batch, int[] active, float[][] points) {
        float[][] momentum = new float[batch.size()][batch.shape().values()];
        int[] moving = active;
        for (int s = 0; s < steps && moving.length > 0; s++) {
            Answers answers = batch.gradient(moving, points, batch.objective(loss, moving));
            if (earlyStop) {
                moving = Vectors.keep(moving, i -> !batch.succeeded(i, answers.logits()[i]));
            }
            for (int i : moving) {
                accumulate(momentum[i], answers.gradients()[i]);
                norm.step(points[i], momentum[i], step);
                norm.project(points[i], batch.original(i), epsilon);
                Vectors.clamp(points[i]);
            }
        }
    }

    private void accumulate(float[] momentum, float[] gradient) {
        double sum = Vectors.absoluteSum(gradient);
        double factor = sum > 0 ? 1 / sum : 0;
        for (int j = 0; j < momentum.length; j++) {
            momentum[j] = (float) (decay * momentum[j] + factor * gradient[j]);
        }
    }
}
