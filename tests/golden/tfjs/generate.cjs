// Models that TensorFlow.js itself made and saved, and what it predicts: `npm install @tensorflow/tfjs && node generate.cjs`.
const tf = require("@tensorflow/tfjs");
const fs = require("fs");

let seed = 7;
const random = () => ((seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648) * 2 - 1;

async function golden(name, model, shape, whole) {
  for (const weight of model.weights) {
    const values = Float32Array.from({ length: weight.shape.reduce((a, b) => a * b, 1) }, random);
    weight.write(tf.tensor(weight.name.includes("moving_variance") ? values.map((x) => 1 + x * x) : values, weight.shape));
  }
  const samples = 3;
  const size = shape.reduce((a, b) => a * b, 1);
  const data = Float32Array.from({ length: samples * size }, () => (whole ? Math.floor((random() + 1) * 4) : random() * 2));
  const output = model.predict(tf.tensor(data, [samples, ...shape]));
  fs.mkdirSync(name, { recursive: true });
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      const bytes = Buffer.from(artifacts.weightData);
      // Two shards, cut in the middle of an array, as the converter cuts large models.
      const cut = Math.floor(bytes.length / 2) + 1;
      const paths = ["group1-shard1of2.bin", "group1-shard2of2.bin"];
      fs.writeFileSync(`${name}/${paths[0]}`, bytes.subarray(0, cut));
      fs.writeFileSync(`${name}/${paths[1]}`, bytes.subarray(cut));
      fs.writeFileSync(`${name}/model.json`, JSON.stringify({
        modelTopology: artifacts.modelTopology, format: artifacts.format, generatedBy: artifacts.generatedBy,
        convertedBy: null, weightsManifest: [{ paths, weights: artifacts.weightSpecs }],
      }));
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: "JSON" } };
    }),
  );
  fs.writeFileSync(`${name}/golden.json`, JSON.stringify({
    tfjs: tf.version.tfjs,
    inputs: [{ shape: [samples, ...shape], data: Array.from(data) }],
    outputs: [{ shape: output.shape, data: Array.from(output.dataSync()) }],
  }));
}

async function main() {
  await tf.setBackend("cpu");
  const l = tf.layers;
  await golden("dense", tf.sequential({ layers: [
    l.dense({ units: 5, activation: "relu", inputShape: [3] }), l.dropout({ rate: 0.5 }),
    l.dense({ units: 2, activation: "softmax" }) ] }), [3]);
  await golden("images", tf.sequential({ layers: [
    l.conv2d({ filters: 3, kernelSize: 3, activation: "relu", padding: "same", inputShape: [6, 6, 2] }),
    l.maxPooling2d({ poolSize: 2 }), l.batchNormalization(), l.flatten(), l.dense({ units: 2, activation: "tanh" }) ] }), [6, 6, 2]);
  const input = tf.input({ shape: [4] });
  const embedded = l.embedding({ inputDim: 8, outputDim: 3 }).apply(input);
  const state = l.lstm({ units: 4 }).apply(embedded);
  const both = l.concatenate().apply([state, l.dense({ units: 2, activation: "sigmoid" }).apply(state)]);
  await golden("words", tf.model({ inputs: input, outputs: l.dense({ units: 1 }).apply(both) }), [4], true);
}
main();
