using IoMTAD.Features;
using IoMTAD.Inference;

namespace IoMTAD.Training.Models;

/// <summary>The vectors that densities judge, of many sequences.</summary>
internal static class ViewRows
{
    private const int Chunk = 64;

    public static (RowSet Reconstruction, RowSet Spreads) Of(ISequences batch, FeatureScaler scaler, Autoencoder autoencoder, int threads)
    {
        var order = new LengthOrder().Sort(batch).ToArray();
        var shape = autoencoder.Shape;
        var reconstruction = new RowSet(batch.Count, shape.Hidden + shape.Padded);
        var spreads = new RowSet(batch.Count, SequenceSpreads.Length(shape.Padded));
        var chunks = (batch.Count + Chunk - 1) / Chunk;
        Parallel.For(0, chunks, new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new SequenceViews(scaler, autoencoder, batch.MaxSteps, Chunk), (chunk, _, views) =>
        {
            var block = order.AsSpan(chunk * Chunk, Math.Min(Chunk, batch.Count - chunk * Chunk));
            views.Run(batch, block);
            for (var row = 0; row < block.Length; row++)
            {
                views.Reconstruction.Span.Slice(row * reconstruction.Width, reconstruction.Width).CopyTo(reconstruction[block[row]]);
                views.Spreads.Span.Slice(row * spreads.Width, spreads.Width).CopyTo(spreads[block[row]]);
            }
            return views;
        }, _ => { });
        return (reconstruction, spreads);
    }
}
