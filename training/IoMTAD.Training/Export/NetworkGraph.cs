using System.Globalization;
using IoMTAD.Inference.Networks;
using IoMTAD.Training.Export.Onnx;

namespace IoMTAD.Training.Export;

/// <summary>A feed-forward network, layer by layer.</summary>
internal static class NetworkGraph
{
    /// <param name="input">float <c>[N, steps, channels]</c>, without padding.</param>
    /// <param name="name">What the names of its parameters begin with, as in <see cref="NetworkTensors"/>.</param>
    /// <returns>float <c>[N, outputs]</c></returns>
    public static string Append(OnnxGraph graph, string input, Network network, string name)
    {
        var (value, isVector) = (input, false);
        for (var i = 0; i < network.Shape.Layers.Count; i++)
        {
            var layer = network.Shape.Layers[i];
            var own = string.Create(CultureInfo.InvariantCulture, $"{name}/{i}");
            switch (layer.Layer)
            {
                case DenseLayer:
                    if (!isVector) value = LayerGraph.Flatten(graph, value);
                    (value, isVector) = (LayerGraph.Dense(graph, value, own, network.Weights(layer), network.Biases(layer)), true);
                    break;
                case ConvolutionLayer c:
                    value = LayerGraph.Convolution(graph, value, own, network.Weights(layer), network.Biases(layer), c.Kernel, c.Same);
                    break;
                case MaxPoolLayer p:
                    value = LayerGraph.MaxPool(graph, value, p.Size);
                    break;
                case GlobalPoolLayer { Kind: GlobalPool.MaxAndMean }:
                    (value, isVector) = (graph.Concat(1, LayerGraph.GlobalMax(graph, value), LayerGraph.GlobalMean(graph, value)), true);
                    break;
                case GlobalPoolLayer g:
                    (value, isVector) = (g.Kind == GlobalPool.Max ? LayerGraph.GlobalMax(graph, value) : LayerGraph.GlobalMean(graph, value), true);
                    break;
                case ReluLayer:
                    value = LayerGraph.Relu(graph, value);
                    break;
                case SoftmaxLayer:
                    value = LayerGraph.Softmax(graph, value);
                    break;
                default:
                    throw new ArgumentException($"{layer.Layer} has no graph", nameof(network));
            }
        }
        return value;
    }
}
